import type { Book } from './book.ts'
import type {
  Answers,
  Card,
  CardRow,
  Command,
  Facts,
  FileRef,
  FlowName,
  Language,
  OpenFlow,
  Want,
} from './talk.ts'
import type { DangerSeen } from './understand/danger.ts'

/** What one message said: `text` letter by letter, `plain` for matching, and the files that came with it. */
export interface Said {
  text: string
  plain: string
  files: readonly FileRef[]
  position?: { lat: number; lng: number }
  /** Code of a unit picked from a list. */
  unit?: string
  /** Value of the choice taken: never read as a number of the list. */
  pick?: string
}

/** What an answer may look at while reading: the district's book, the facts of this turn, the answers so far. */
export interface Scene {
  book: Book
  facts: Facts
  soFar: Answers
}

/** One thing to pick. `says` recognises it in typed words; numbers need no help. */
export interface Option {
  value: string
  /** Key under `choice.`, or … */
  label?: string
  /** … literal words. */
  words?: string
  /** The same in English, where the district gives both. */
  english?: string
  with?: Record<string, unknown>
  says?: RegExp
}

/** A value, or the reason (key under `say.why.`) there is none, perhaps with something to pick instead. */
export type Read<T> =
  | { ok: true; value: T }
  | { ok: false; why: string; with?: Record<string, unknown>; choices?: readonly Option[] }

/** Words of the district in both languages. */
export interface OwnWords {
  words: string
  english: string
}

export interface Thanks {
  say: string
  with: Record<string, unknown>
}

export type AnswerKind =
  | 'words'
  | 'oneOf'
  | 'yesOrNo'
  | 'phone'
  | 'place'
  | 'date'
  | 'photos'
  | 'consent'
  | 'caseCode'
  | 'queryCode'
  | 'rating'
  | 'typed'

/** A way to read one reply. The same object tells a form what field to draw. */
export interface Answer<T> {
  kind: AnswerKind
  /** The person may skip it; the answer is then null. */
  optional?: true
  /** What the shell must look up before this is asked or read. */
  wants?: Want
  /** A question the district words itself: how it is asked, and what the summary calls it. */
  own?(scene: Scene): { ask: OwnWords; name: OwnWords } | undefined
  choices?(scene: Scene): readonly Option[]
  read(said: Said, scene: Scene): Read<T>
  /** Finds the answer inside a longer text that was not a reply to this question. */
  spot?(said: Said, scene: Scene): T | undefined
  /** How the summary shows it; undefined leaves the row out. */
  shown?(value: T, scene: Scene): Omit<CardRow, 'key' | 'tap'> | undefined
  /** What is taken for granted while nobody asked: shown on the summary, so that it is never silently wrong. */
  guess?(scene: Scene): Omit<CardRow, 'key' | 'tap'> | undefined
  /** Some answers are themselves a cry for help. */
  alarm?(value: T): DangerSeen | undefined
  /** A card put beside the question. */
  card?(scene: Scene): Card | undefined
  /** Key of the question under `say.`, where its words depend on what was said. */
  asks?(scene: Scene): string
  /** A kind word back, by key under `say.`, where the answer deserves one; with the values its words need. */
  thanks?(value: T, scene: Scene, language: Language): string | Thanks | undefined
}

/** One line of a conversation. `aside` is never asked: it is heard, or added on the summary. */
export interface Question<A> {
  key: string
  answer: Answer<unknown>
  when?: (soFar: Partial<A>, scene: Scene) => boolean
  aside?: true
}

/** A question of whatever flow; what it may look at was checked where the flow was written. */
export type AnyQuestion = Question<any>

/** A conversation as data: questions in order, and the one thing to do at the end. */
export interface Flow {
  name: FlowName
  questions: readonly AnyQuestion[]
  /** Show everything once more and wait for "yes, send it" before the end. */
  check: boolean
  finish: (answers: any, scene: Scene) => readonly Command[]
  /** Another flow that takes over with what was told here, instead of an end. */
  next?: (answers: any, scene: Scene) => OpenFlow | undefined
}

/** Builds a flow; the compiler knows every answer asked so far. */
class Conversation<A extends Answers> {
  private readonly name: FlowName
  private readonly questions: readonly AnyQuestion[]
  private readonly check: boolean

  constructor(name: FlowName, questions: readonly AnyQuestion[] = [], check = false) {
    this.name = name
    this.questions = questions
    this.check = check
  }

  /** Asks always. */
  ask<K extends string, T>(key: K, answer: Answer<T>): Conversation<A & Record<K, T>> {
    return this.with({ key, answer })
  }

  /** Asks only while `when` holds; a hidden question's old answer does not count. */
  askIf<K extends string, T>(
    when: (soFar: Partial<A>, scene: Scene) => boolean,
    key: K,
    answer: Answer<T>,
  ): Conversation<A & Partial<Record<K, T>>> {
    return this.with({ key, answer, when })
  }

  /** Never asks; takes it when it is said, and lets the summary add or change it. */
  aside<K extends string, T>(key: K, answer: Answer<T>): Conversation<A & Partial<Record<K, T>>> {
    return this.with({ key, answer, aside: true })
  }

  /** As `aside`, but only while `when` holds. */
  asideIf<K extends string, T>(
    when: (soFar: Partial<A>, scene: Scene) => boolean,
    key: K,
    answer: Answer<T>,
  ): Conversation<A & Partial<Record<K, T>>> {
    return this.with({ key, answer, when, aside: true })
  }

  /** Shows the summary before the end. */
  checkFirst(): Conversation<A> {
    return new Conversation<A>(this.name, this.questions, true)
  }

  finish(
    finish: (answers: A, scene: Scene) => readonly Command[],
    next?: (answers: A, scene: Scene) => OpenFlow | undefined,
  ): Flow {
    const { name, questions, check } = this
    return { name, questions, check, finish, ...(next ? { next } : {}) }
  }

  private with<B extends Answers>(question: AnyQuestion): Conversation<B> {
    return new Conversation<B>(this.name, [...this.questions, question], this.check)
  }
}

/** Begins the description of a conversation. */
export const conversation = (name: FlowName): Conversation<Record<never, never>> =>
  new Conversation<Record<never, never>>(name)

/** Whether an answer is picked from what a look-up gave: with nothing to pick from it cannot be asked. */
export const needsPick = ({ wants, choices }: Answer<unknown>): boolean =>
  (wants === 'ownCases' || wants === 'staff') && choices !== undefined

/** The questions that apply to these answers. */
export const applying = (flow: Flow, scene: Scene): readonly AnyQuestion[] =>
  flow.questions.filter(question => question.when?.(scene.soFar, scene) ?? true)

/** The question to put now. Where we are is never stored: it is the first gap in the answers. */
export const nextQuestion = (flow: Flow, scene: Scene): AnyQuestion | undefined =>
  applying(flow, scene).find(question => !question.aside && !(question.key in scene.soFar))

/** The answers that count: those of questions that apply, and of asides. */
export function counting(flow: Flow, scene: Scene): Answers {
  const keys = new Set(applying(flow, scene).map(question => question.key))
  return Object.fromEntries(Object.entries(scene.soFar).filter(([key]) => keys.has(key)))
}
