import { Alert, Empty } from 'antd';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SEVERITIES, type AlertView } from '@brain/contracts';
import { PALETTES } from '../app/palette.js';
import { usePreferences } from '../app/preferences.js';
import { useScreenScale } from '../app/screen-scale.js';
import { useBoundaries } from '../areas/areas.queries.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { useScopes } from '../areas/use-scopes.js';
import { Failure } from '../elements/failure.js';
import { countByCommunity, type CommunityCount } from './community-counts.js';
import { CommunityMap } from './community-map.js';

interface DistrictMapProps {
  readonly alerts: readonly AlertView[];
  readonly area: string | null;
  readonly onArea: (code: string | null) => void;
  readonly onAlert: (alertId: string) => void;
}

export function DistrictMap({ alerts, area, onArea, onAlert }: DistrictMapProps): ReactNode {
  const { t } = useTranslation();
  const scopes = useScopes();
  const communities = useBoundaries(scopes, 'community');
  const streets = useBoundaries(scopes, 'street');
  const counts = useMemo(() => countByCommunity(alerts), [alerts]);
  const { container, hover, map, failed } = useMap(onArea, onAlert);

  useEffect(() => {
    if (communities.data !== undefined && streets.data !== undefined) void map?.showOutlines(communities.data, streets.data);
  }, [map, communities.data, streets.data]);
  useEffect(() => void map?.showCounts(counts), [map, counts]);
  useEffect(() => void map?.showAlerts(alerts), [map, alerts]);
  useEffect(() => void map?.select(area), [map, area]);

  const invented = communities.data?.features.some(({ properties }) => properties.invented !== false) ?? false;
  const error = communities.error ?? streets.error;
  return (
    <div className="map" role="region" aria-label={t('live.mapLabel')} data-testid="district-map">
      <div ref={container} className="map-canvas" />
      {failed && <div className="map-note-full"><Alert type="warning" showIcon title={t('live.mapFailed')} /></div>}
      {error !== null && <div className="map-note-full"><Failure error={error} /></div>}
      {communities.data?.features.length === 0 && <div className="map-note-full"><Empty description={t('live.noBoundaries')} /></div>}
      {hover !== null && <Hover {...hover} count={counts.get(hover.code)} />}
      <Legend />
      {invented && <span className="map-attribution">{t('live.invented')}</span>}
    </div>
  );
}

interface HoverAt {
  readonly code: string;
  readonly x: number;
  readonly y: number;
}

function useMap(onArea: (code: string | null) => void, onAlert: (alertId: string) => void) {
  const { theme } = usePreferences();
  const scale = useScreenScale();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<CommunityMap | null>(null);
  const [hover, setHover] = useState<HoverAt | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (container.current === null) return;
    try {
      const made = new CommunityMap(container.current, PALETTES[theme], scale, {
        onArea,
        onAlert,
        onHover: (code, x, y) => setHover(code === null ? null : { code, x, y }),
      });
      setMap(made);
      return () => {
        setMap(null);
        made.remove();
      };
    } catch {
      setFailed(true); // no WebGL: the feed and the board still work
      return;
    }
  }, [theme, scale, onArea, onAlert]);
  return { container, map, hover, failed };
}

function Hover({ code, x, y, count }: HoverAt & { readonly count: CommunityCount | undefined }): ReactNode {
  const { t } = useTranslation();
  const areas = useAreaNames();
  return (
    <div className="map-hover" style={{ left: x, top: y }} aria-hidden="true">
      <strong>{areas.label(code)}</strong>
      {count === undefined ? (
        <span className="muted">{t('live.legendNone')}</span>
      ) : (
        <span className={`severity-${count.worst}`} style={{ color: 'var(--severity)' }}>
          {t('live.openAlerts')} {count.count} · {t(`field.severity-${count.worst}`)}
        </span>
      )}
    </div>
  );
}

function Legend(): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className="map-legend" aria-hidden="true">
      {SEVERITIES.map((severity) => (
        <li key={severity} className={`severity-${severity}`}><i />{t(`field.severity-${severity}`)}</li>
      ))}
    </ul>
  );
}
