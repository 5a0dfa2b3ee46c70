/** How a picture stands on its stage: `scale` 1 fits it in, `x` and `y` move its middle, in pixels. Pure. */
export interface View {
  scale: number
  x: number
  y: number
}

/** Pixels of the stage, and of the picture when it fits in. */
export interface Room {
  stage: Size
  picture: Size
}

export interface Size {
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 }
/** One press of a button or key. */
export const STEP = 1.5
/** What a double click brings. */
export const CLOSE = 2.5
const MOST = 10

/** The size at which a picture fits its stage; a small one is not blown up. */
export function fitting(picture: Size, stage: Size): Size {
  const share = Math.min(1, stage.width / picture.width, stage.height / picture.height)
  return { width: picture.width * share, height: picture.height * share }
}

/** Comes closer or goes back by a factor; what lies under `at` (from the middle of the stage) stays under it. */
export function zoomed(view: View, factor: number, room: Room, at: Point = { x: 0, y: 0 }): View {
  const scale = Math.min(MOST, Math.max(1, view.scale * factor))
  const share = scale / view.scale
  return kept({ scale, x: at.x - (at.x - view.x) * share, y: at.y - (at.y - view.y) * share }, room)
}

/** Moves the picture; its edge never leaves the edge of the stage further than it must. */
export const moved = (view: View, by: Point, room: Room): View =>
  kept({ ...view, x: view.x + by.x, y: view.y + by.y }, room)

function kept({ scale, x, y }: View, { stage, picture }: Room): View {
  const most = {
    x: Math.max(0, (picture.width * scale - stage.width) / 2),
    y: Math.max(0, (picture.height * scale - stage.height) / 2),
  }
  return { scale, x: within(x, most.x), y: within(y, most.y) }
}

const within = (value: number, most: number) => Math.min(most, Math.max(-most, value)) + 0
