#!/bin/bash
# User data of a SpotFleet's launch template: starts Elasticsearch as a node of the spot zone.
# Caretaker knows the node of a machine by its name, which is the machine's instance id.
set -euo pipefail

token=$(curl -fsS -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' \
  http://169.254.169.254/latest/api/token)
about() {
  curl -fsS -H "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"
}
instance=$(about instance-id)
address=$(about local-ipv4)

# The image has Elasticsearch of the cluster's version, and its disks mounted at the data path.
cat >/etc/elasticsearch/elasticsearch.yml <<YAML
cluster.name: activedata
node.name: $instance
node.attr.zone: spot
node.roles: [data, ingest]
network.host: $address
discovery.seed_hosts: [backup1.example.com, backup2.example.com]
path.data: /data1
path.logs: /var/log/elasticsearch
YAML

systemctl enable --now elasticsearch.service
