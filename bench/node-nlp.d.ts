/** As much of node-nlp as the bench uses: it brings no types of its own. */
declare module 'node-nlp' {
  export class NlpManager {
    constructor(settings: {
      languages: string[]
      forceNER: boolean
      autoSave: boolean
      nlu: { log: boolean }
    })
    addDocument(language: string, text: string, intent: string): void
    train(): Promise<unknown>
    process(language: string, text: string): Promise<{ intent: string }>
  }
}
