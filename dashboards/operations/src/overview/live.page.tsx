import type { ReactNode } from 'react';
import { RoomView } from './room-view.js';

export default function LivePage(): ReactNode {
  return <RoomView />;
}
