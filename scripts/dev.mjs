// Development: the service on :3000, rebuilt and restarted when a source changes, and the fronts with hot reload on :5173.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { createServer } from 'vite'
import { buildStale } from './build.mjs'

let service = null
let timer = null
async function restart() {
  service?.kill('SIGTERM')
  try {
    await buildStale()
    service = spawn(process.execPath, ['bin/huiyin.mjs', 'serve'], {
      stdio: 'inherit',
      env: { ...process.env, HUIYIN_BUILT: '1' },
    })
  } catch (fault) {
    process.stderr.write(`${fault.message}\n`)
  }
}
for (const folder of ['src', 'locales', 'config'])
  watch(folder, { recursive: true }, (_event, file) => {
    if (file?.includes('generated')) return
    clearTimeout(timer)
    timer = setTimeout(restart, 300)
  })
await restart()
const fronts = await createServer()
await fronts.listen()
fronts.printUrls()
process.on('SIGINT', async () => {
  service?.kill('SIGTERM')
  await fronts.close()
  process.exit(0)
})
