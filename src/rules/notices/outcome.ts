/** What came of handing a notice to a channel. */
export type Sent =
  /** `receipt`: what the channel calls it; its later word on whether it arrived names it so. */
  | { is: 'sent'; receipt?: string }
  | { is: 'later'; afterSeconds: number; why: string }
  | { is: 'never'; why: string }
