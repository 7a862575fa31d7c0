import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventStory } from '@brain/contracts';
import { layoutOf, type PlacedEdge, type PlacedNode, type StoryLayout } from './story-layout.js';
import { useNodeWords } from './use-node-words.js';

const COLUMN = 196;
const ROW = 92;
const WIDTH = 176;
const HEIGHT = 58;

interface StoryGraphProps {
  readonly story: EventStory;
  readonly onOpen: (eventId: string) => void;
}

/** From the top down. Each event can be opened with pointer or keyboard. */
export function StoryGraph({ story, onOpen }: StoryGraphProps): ReactNode {
  const { t } = useTranslation();
  const layout = useMemo(() => layoutOf(story), [story]);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current?.querySelector('[data-place=asked]')?.scrollIntoView({ block: 'center', inline: 'center' });
  }, [layout]);
  const { width, height } = sizeOf(layout);
  return (
    <div ref={frame} className="story-graph">
      <svg width={`${String(width / 16)}rem`} height={`${String(height / 16)}rem`} viewBox={`0 0 ${String(width)} ${String(height)}`} role="group" aria-label={t('audit.story')}>
        <defs>
          <marker id="story-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.8 7 4 0 7.2z" /></marker>
        </defs>
        {layout.edges.map((placed) => <Edge key={`${placed.edge.kind} ${placed.edge.from} ${placed.edge.to}`} placed={placed} layout={layout} />)}
        {layout.nodes.map((placed) => <Node key={placed.node.id} placed={placed} layout={layout} onOpen={onOpen} />)}
      </svg>
      <ul className="story-legend muted">
        {(['caused', 'next', 'rule', 'names', 'refused'] as const).filter((kind) => story.edges.some((edge) => edge.kind === kind)).map((kind) => (
          <li key={kind}><svg width="28" height="8" aria-hidden="true"><path className="story-edge" data-kind={kind} d="M1 4H27" /></svg>{t(`audit.edge-${kind}`)}</li>
        ))}
      </ul>
    </div>
  );
}

function Node({ placed: { node, x, y }, layout, onOpen }: { readonly placed: PlacedNode; readonly layout: StoryLayout; readonly onOpen: (eventId: string) => void }): ReactNode {
  const { title, who, when, why } = useNodeWords()(node);
  const [left, top] = [centreOf(x, layout) - WIDTH / 2, y * ROW + 8];
  const isEvent = node.kind === 'event' || node.kind === 'refused';
  const said = [title, who, ...(why === undefined ? [] : [why]), when];
  const open = (): void => onOpen(node.id);
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') open();
  };
  return (
    <g
      className="story-node" data-kind={node.kind} data-place={node.place} data-type={isEvent ? node.event.type : node.kind} transform={`translate(${String(left)} ${String(top)})`}
      {...(isEvent ? { role: 'button', tabIndex: 0, onClick: open, onKeyDown: press } : {})} aria-label={said.join(', ')}
    >
      <title>{said.join('\n')}</title>
      <rect width={WIDTH} height={HEIGHT} rx={isEvent ? 8 : HEIGHT / 2} />
      <text x={WIDTH / 2} y={18} className="story-what">{shortened(title, 21)}</text>
      <text x={WIDTH / 2} y={34}>{shortened(why === undefined ? who : `${who} · ${why}`, 24)}</text>
      <text x={WIDTH / 2} y={49} className="numbers">{when}</text>
    </g>
  );
}

function Edge({ placed: { edge, from, to }, layout }: { readonly placed: PlacedEdge; readonly layout: StoryLayout }): ReactNode {
  const { t } = useTranslation();
  const [x1, y1] = [centreOf(from.x, layout), from.y * ROW + 8 + HEIGHT];
  const [x2, y2] = [centreOf(to.x, layout), to.y * ROW + 6];
  const bend = Math.max(18, (y2 - y1) / 2);
  // A way past other rows goes round them.
  const aside = to.y - from.y > 1 && x1 === x2 ? COLUMN / 2 : 0;
  return (
    <>
      <path className="story-edge" data-kind={edge.kind} markerEnd="url(#story-arrow)" d={`M${String(x1)} ${String(y1)}C${String(x1 + aside)} ${String(y1 + bend)} ${String(x2 + aside)} ${String(y2 - bend)} ${String(x2)} ${String(y2)}`} />
      {edge.skipped !== undefined && <text className="story-skipped" x={(x1 + x2) / 2 + aside * 0.75 + 6} y={(y1 + y2) / 2 + 4}>{t('audit.skipped', { count: edge.skipped })}</text>}
    </>
  );
}

function sizeOf({ columns, rows }: StoryLayout): { readonly width: number; readonly height: number } {
  return { width: columns * COLUMN + COLUMN / 2, height: rows * ROW };
}

function centreOf(x: number, layout: StoryLayout): number {
  return sizeOf(layout).width / 2 + x * COLUMN;
}

/** Chinese characters are twice as wide. */
function shortened(text: string, room: number): string {
  let width = 0;
  for (const [index, character] of Array.from(text).entries()) {
    width += character > '\u2e80' ? 1.8 : 1;
    if (width > room) return `${Array.from(text).slice(0, index - 1).join('')}…`;
  }
  return text;
}
