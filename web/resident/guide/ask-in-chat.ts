import { useRouter } from 'vue-router'
import { say } from '../chat/chat.ts'

/** Says something in the chat and goes there. To be called while a page is set up. */
export function askInChat(): (words: string) => void {
  const router = useRouter()
  return words => {
    say(words)
    void router.push('/chat')
  }
}
