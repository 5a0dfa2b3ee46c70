/** Drawings of 16 × 16, stroke only unless filled here. Time is told by shape first: clock, filled clock, octagon, tick. */
export const ICONS = {
  quiet: '<circle cx="8" cy="8" r="6"/><path d="M8 5v3l2 1"/>',
  near: '<circle cx="8" cy="8" r="6.2"/><path d="M8 8V3a5 5 0 1 1-4.9 6z" fill="currentColor" stroke="none"/>',
  late: '<path d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z" fill="currentColor" stroke="none"/><path d="M8 4.5v4M8 11v.3" stroke="var(--surface)" stroke-width="1.8"/>',
  done: '<circle cx="8" cy="8" r="6.2"/><path d="M5.2 8.2 7.2 10.2 11 6"/>',
  search: '<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3 3"/>',
  inbox: '<path d="M2 9.5 4 3h8l2 6.5V13H2zM2 9.5h3.5L6.5 11h3l1-1.5H14"/>',
  talk: '<path d="M2.5 3h11v8H8l-3.5 2.5V11h-2z"/>',
  alert: '<path d="M8 2 15 14H1zM8 6.5v3.5M8 12v.2"/>',
  lost: '<path d="M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5M10 14l4-4"/>',
  whole: '<path d="M8 1.5 13.5 4v4c0 3.5-2.5 5.5-5.5 6.5C5 13.5 2.5 11.5 2.5 8V4zM5.5 8l2 2 3.5-3.5"/>',
  eye: '<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="2"/>',
  lock: '<path d="M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5"/>',
  back: '<path d="M10 3 5 8l5 5"/>',
  down: '<path d="m4 6 4 4 4-4"/>',
  up: '<path d="m4 10 4-4 4 4"/>',
  close: '<path d="m4 4 8 8M12 4l-8 8"/>',
  me: '<circle cx="8" cy="5.5" r="2.5"/><path d="M3 13.5c.6-2.6 2.5-4 5-4s4.4 1.4 5 4"/>',
  next: '<path d="m6 3 5 5-5 5"/>',
  plus: '<path d="M8 3v10M3 8h10"/>',
  minus: '<path d="M3 8h10"/>',
  picture: '<path d="M2 3h12v10H2zM2 11l3.5-3.5 2.5 2.5 2-2 4 3.5"/><circle cx="10.5" cy="5.8" r="1"/>',
  file: '<path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M6 8h4M6 11h4"/>',
} as const

export type IconName = keyof typeof ICONS
