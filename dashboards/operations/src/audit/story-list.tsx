import { Timeline } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventStory, StoryNode } from '@brain/contracts';
import { useNodeWords } from './use-node-words.js';

interface StoryListProps {
  readonly story: EventStory;
  readonly onOpen: (eventId: string) => void;
}

const PLACES = ['cause', 'asked', 'effect', 'refused', 'beside'] as const;

/** The same as the drawing, for reading from top to bottom. */
export function StoryList({ story, onOpen }: StoryListProps): ReactNode {
  const { t } = useTranslation();
  return (
    <div data-testid="audit-story-list">
      {PLACES.map((place) => {
        const nodes = story.nodes.filter((node) => node.place === place).sort(byTime);
        if (nodes.length === 0 && (place === 'beside' || place === 'refused')) return null;
        return (
          <section key={place} data-place={place}>
            <h3 className="section-title">{t(`audit.place-${place}`)}</h3>
            {nodes.length === 0 ? <p className="muted">{t(`audit.none-${place}`)}</p> : <Timeline items={nodes.map((node) => ({ key: node.id, color: place === 'asked' ? 'var(--accent)' : 'var(--line-strong)', content: <Entry node={node} onOpen={onOpen} /> }))} />}
          </section>
        );
      })}
    </div>
  );
}

function Entry({ node, onOpen }: { readonly node: StoryNode; readonly onOpen: (eventId: string) => void }): ReactNode {
  const { title, who, when, why } = useNodeWords()(node);
  const isOpen = node.kind === 'event' || node.kind === 'refused';
  return (
    <div data-kind={node.kind}>
      {isOpen ? <button type="button" className="linkish" onClick={() => onOpen(node.id)}><strong>{title}</strong></button> : <strong>{title}</strong>}
      <div className="story-who muted"><span>{who}</span><span className="numbers">{when}</span></div>
      {why !== undefined && <div className="story-why">{why}</div>}
    </div>
  );
}

/** What was withheld has no time that may be told and stands first. */
function byTime(a: StoryNode, b: StoryNode): number {
  return timeOf(a).localeCompare(timeOf(b));
}

function timeOf(node: StoryNode): string {
  switch (node.kind) {
    case 'event':
    case 'refused':
      return node.event.time;
    case 'reading':
    case 'request':
    case 'system':
      return node.time;
    case 'withheld':
      return '';
  }
}
