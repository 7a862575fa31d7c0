import { randomUUID } from 'node:crypto';
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import type { Endpoint } from './server-node.js';

const { VNodeState } = gossipPb.MemberInfo;

export interface Member extends Endpoint {
  readonly isLeader: boolean;
}

export function clusterInfo(members: readonly Member[]): gossipPb.ClusterInfo {
  return new gossipPb.ClusterInfo().setMembersList(
    members.map(({ host, port, isLeader }) =>
      new gossipPb.MemberInfo()
        .setInstanceId(new sharedPb.UUID().setString(randomUUID()))
        .setTimeStamp(String(Date.now()))
        .setState(isLeader ? VNodeState.LEADER : VNodeState.FOLLOWER)
        .setIsAlive(true)
        .setHttpEndPoint(new gossipPb.EndPoint().setAddress(host).setPort(port)),
    ),
  );
}
