import { computed, onMounted, onScopeDispose, type Ref, ref } from 'vue'
import { CLOSE, fitting, moved, type Point, type Size, STEP, WHOLE, zoomed } from './zoom.ts'

/** Pixels a finger must go sideways to ask for the next picture. */
const SWIPE = 60
/** One turn of a wheel, in powers of the step. */
const WHEEL = 1.0015

/** Zooming and dragging one picture on its stage: by wheel, by double click, by one finger or two. */
export function useStage(stage: Ref<HTMLElement | null>, turn: (by: 1 | -1) => void) {
  const view = ref(WHOLE)
  const natural = ref<Size>({ width: 0, height: 0 })
  const size = ref<Size>({ width: 1, height: 1 })
  const fitted = computed(() => fitting(natural.value, size.value))
  const room = () => ({ stage: size.value, picture: fitted.value })

  const measure = () => {
    const box = stage.value
    if (box) size.value = { width: box.clientWidth, height: box.clientHeight }
    view.value = moved(view.value, { x: 0, y: 0 }, room())
  }
  onMounted(() => {
    measure()
    addEventListener('resize', measure)
  })
  onScopeDispose(() => removeEventListener('resize', measure))

  const by = (factor: number, at?: Point) => {
    view.value = zoomed(view.value, factor, room(), at)
  }
  const move = (point: Point) => {
    view.value = moved(view.value, point, room())
  }
  const fromMiddle = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = stage.value!.getBoundingClientRect()
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 }
  }

  return {
    view,
    fitted,
    measure,
    move,
    closer: () => by(STEP),
    back: () => by(1 / STEP),
    whole: () => void (view.value = WHOLE),
    show: (given: Size) => {
      natural.value = given
      view.value = WHOLE
    },
    /** The picture has come: whoever looked closer meanwhile stays there. */
    sized: (given: Size) => {
      natural.value = given
    },
    wheel: (event: WheelEvent) => by(WHEEL ** -event.deltaY, fromMiddle(event)),
    twice: (event: MouseEvent) => {
      if (view.value.scale > 1) view.value = WHOLE
      else by(CLOSE, fromMiddle(event))
    },
    ...useFingers({ view, by, move, fromMiddle, turn }),
  }
}

interface Hands {
  view: Ref<{ scale: number }>
  by: (factor: number, at: Point) => void
  move: (by: Point) => void
  fromMiddle: (event: PointerEvent) => Point
  turn: (by: 1 | -1) => void
}

/** One finger or the mouse drags, or asks for the next picture; two fingers zoom. */
function useFingers({ view, by, move, fromMiddle, turn }: Hands) {
  const fingers = new Map<number, Point>()
  const dragging = ref(false)
  let started: Point | null = null

  function down(event: PointerEvent): void {
    if (event.button !== 0) return
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    fingers.set(event.pointerId, fromMiddle(event))
    started = fingers.size === 1 ? fromMiddle(event) : null
    dragging.value = true
  }

  function drag(event: PointerEvent): void {
    const was = fingers.get(event.pointerId)
    if (!was) return
    const now = fromMiddle(event)
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
    fingers.set(event.pointerId, now)
    if (other) {
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
      by(apart(now, other) / Math.max(1, apart(was, other)), middle)
    } else if (view.value.scale > 1) move({ x: now.x - was.x, y: now.y - was.y })
  }

  function up(event: PointerEvent): void {
    if (!fingers.delete(event.pointerId)) return
    dragging.value = fingers.size > 0
    const now = fromMiddle(event)
    const gone = started ? now.x - started.x : 0
    started = null
    if (event.type === 'pointerup' && view.value.scale === 1 && Math.abs(gone) > SWIPE)
      turn(gone < 0 ? 1 : -1)
  }

  return { dragging, down, drag, up }
}

const apart = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y)
