import 'maplibre-gl/dist/maplibre-gl.css'
import {
  type GeoJSONSource,
  Map as GlMap,
  type MapMouseEvent,
  NavigationControl,
  setWorkerUrl,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import type { Palette } from './palette.ts'
import type { GridRow, Outlines } from './types.ts'

// Its worker is a file of our own origin: the content policy knows no other.
setWorkerUrl(new URL(workerUrl, location.href).href)

/** What the map is told, and what it tells. */
export interface GridMap {
  show(rows: readonly GridRow[], town: string | null, palette: Palette): void
  reset(): void
  close(): void
}
export interface GridMapEvents {
  picked(code: string): void
  over(at: { code: string; x: number; y: number } | null): void
  /** The card gave up: the flat map stands in. */
  failed(): void
}

/** The fullest grid stands as high as this share of the way across the map; a degree of latitude in metres. */
const HIGHEST = 0.08
const DEGREE = 111_000
const LAYER = 'grids'
type Box = [[number, number], [number, number]]

/** Grids raised by what they owe, from our own outlines alone: no tiles, no letters, nothing from elsewhere. */
export function openGridMap(
  box: HTMLElement,
  outlines: Outlines,
  labels: Record<string, string>,
  on: GridMapEvents,
): GridMap {
  const map = new GlMap({
    container: box,
    style: { version: 8, sources: {}, layers: [] },
    ...{ attributionControl: false, pitch: 52, bearing: -14, maxPitch: 65, minZoom: 8, maxZoom: 16 },
    ...{ locale: labels, cooperativeGestures: false, fadeDuration: 0 },
    bounds: boxOf(outlines, null),
    fitBoundsOptions: { padding: 24 },
  })
  map.addControl(new NavigationControl({ visualizePitch: true }), 'top-right')
  // The page's own keys work the page; the table beside the map is for the keyboard.
  map.keyboard.disable()
  map.getCanvas().tabIndex = -1
  const ready = new Promise<void>(done => map.once('load', () => done()))
  map.on('error', () => on.failed())
  map.on('webglcontextlost', () => on.failed())
  const codeAt = (event: MapMouseEvent) =>
    map.queryRenderedFeatures(event.point, { layers: [LAYER] })[0]?.properties.code as string | undefined
  map.on('click', event => {
    const code = codeAt(event)
    if (code) on.picked(code)
  })
  map.on('mousemove', event => {
    const code = map.getLayer(LAYER) ? codeAt(event) : undefined
    map.getCanvas().style.cursor = code ? 'pointer' : ''
    on.over(code ? { code, x: event.point.x, y: event.point.y } : null)
  })
  map.on('mouseout', () => on.over(null))
  let shown: string | null = null
  return {
    show(rows, town, palette) {
      void ready.then(() => {
        draw(map, outlines, rows, town, palette)
        if (town !== shown) map.fitBounds(boxOf(outlines, town), { padding: 24, animate: false })
        shown = town
      })
    },
    reset: () =>
      void map.fitBounds(boxOf(outlines, shown), { padding: 24, pitch: 52, bearing: -14, animate: false }),
    close: () => map.remove(),
  }
}

const isIn = (code: string, town: string | null) => town === null || code.startsWith(town)

function draw(
  map: GlMap,
  outlines: Outlines,
  rows: readonly GridRow[],
  town: string | null,
  palette: Palette,
) {
  const [[, south], [, north]] = boxOf(outlines, town)
  const loads = new Map(rows.map(row => [row.code, row.open]))
  const most = Math.max(1, ...loads.values())
  const features = outlines.features
    .filter(({ properties }) => isIn(properties.code, town))
    .map(feature => ({
      ...feature,
      properties: { ...feature.properties, load: (loads.get(feature.properties.code) ?? 0) / most },
    }))
  const data = { type: 'FeatureCollection' as const, features }
  const source = map.getSource<GeoJSONSource>(LAYER)
  if (source) source.setData(data)
  else map.addSource(LAYER, { type: 'geojson', data })
  for (const layer of ['ground', 'edges', LAYER]) if (map.getLayer(layer)) map.removeLayer(layer)
  map.addLayer({ id: 'ground', type: 'fill', source: LAYER, paint: { 'fill-color': palette.line } })
  map.addLayer({
    id: 'edges',
    type: 'line',
    source: LAYER,
    paint: { 'line-color': palette.surface, 'line-width': 0.8 },
  })
  map.addLayer({
    ...{ id: LAYER, type: 'fill-extrusion', source: LAYER, filter: ['>', ['get', 'load'], 0] },
    paint: {
      'fill-extrusion-color': [
        'interpolate',
        ['linear'],
        ['get', 'load'],
        0,
        palette.accentLine,
        1,
        palette.accent,
      ],
      'fill-extrusion-height': ['*', ['sqrt', ['get', 'load']], (north - south) * DEGREE * HIGHEST],
      'fill-extrusion-opacity': 0.92,
    },
  })
}

function boxOf({ features }: Outlines, town: string | null): Box {
  const points = features
    .filter(({ properties }) => isIn(properties.code, town))
    .flatMap(({ geometry }) => geometry.coordinates[0] ?? [])
  const [lngs, lats] = [points.map(([lng]) => lng), points.map(([, lat]) => lat)]
  if (points.length === 0)
    return [
      [0, 0],
      [1, 1],
    ]
  return [
    [Math.min(...lngs), Math.min(...lats)],
    [Math.max(...lngs), Math.max(...lats)],
  ]
}

/** Whether this browser can draw it at all. */
export function canDraw(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null
  } catch {
    return false
  }
}
