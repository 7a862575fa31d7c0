import { useQuery } from '@tanstack/react-query';
import { Alert, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { getStory } from '../api/audit.js';
import { Failure } from '../elements/failure.js';
import { Waiting } from '../elements/waiting.js';
import { StoryGraph } from './story-graph.js';
import { StoryList } from './story-list.js';

interface EventStoryPanelProps {
  readonly eventId: string;
  readonly onOpen: (eventId: string) => void;
}

/** What led to the event and what it led to, as a drawing or as a list. */
export function EventStoryPanel({ eventId, onOpen }: EventStoryPanelProps): ReactNode {
  const { t } = useTranslation();
  const [view, setView] = useState<'graph' | 'list'>('graph');
  const found = useQuery({ queryKey: ['audit', 'story', eventId], queryFn: () => getStory(eventId) });
  if (found.error !== null) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Waiting />;
  const open = (id: string): void => {
    if (id !== eventId) onOpen(id);
  };
  return (
    <div data-testid="audit-story">
      <Segmented value={view} onChange={setView} options={[{ value: 'graph', label: t('audit.asGraph') }, { value: 'list', label: t('audit.asList') }]} />
      {found.data.truncated && <Alert type="warning" showIcon title={t('audit.storyTruncated')} style={{ marginTop: '0.5rem' }} />}
      {view === 'graph' ? <StoryGraph story={found.data} onOpen={open} /> : <StoryList story={found.data} onOpen={open} />}
    </div>
  );
}
