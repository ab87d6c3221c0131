#!/usr/bin/env bash
# Starts a Slurm of one machine, this one, as root:
#
#   bash grader/tests/slurm/start.sh FOLDER
#
# Its configuration, logs and state go into FOLDER, with the numbers of its processes; programs find it by
# SLURM_CONF=FOLDER/slurm.conf. `stop.sh FOLDER` ends it.
set -euo pipefail

folder=$(realpath "$1")
mkdir -p "$folder"/{state,spool}
cores=$(nproc)

# Who asks is told apart by munge, whose key every machine of a cluster has.
install -d -o munge -g munge -m 0755 "$folder/munge"
(umask 077 && head -c 128 /dev/urandom >"$folder/munge/key")
chown munge "$folder/munge/key"
chmod 0711 "$folder"
runuser -u munge -- munged --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
    --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" \
    --origin=127.0.0.1

cat >"$folder/slurm.conf" <<CONF
ClusterName=check
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
SlurmdUser=root
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
# A task that is killed fails, so that it is the grader that submits it again.
JobRequeue=0
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=$cores State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
echo 'CgroupPlugin=cgroup/v1' >"$folder/cgroup.conf"

export SLURM_CONF="$folder/slurm.conf"
slurmctld
slurmd -N "$(hostname -s)"
for _ in $(seq 60); do
    [ "$(sinfo --noheader --format=%t 2>/dev/null)" = idle ] && exit
    sleep 0.5
done
echo "Slurm does not start:" >&2
tail -n 20 "$folder"/slurm*.log >&2
exit 1
