import { Desk } from './by-desk.ts'
import { Page } from './by-page.ts'
import { byWechat } from './by-wechat.ts'
import { chanceOf, pause } from './chance.ts'
import { grievance, type Speaker } from './matter.ts'
import type { Service } from './service.ts'

export interface StormOptions {
  kills: number
  seed: number
  /** Runs once, between the last kill and the last start. */
  whileDown: () => Promise<void>
}

/** What the storm leaves behind for the count. */
export interface Storm {
  residents: { journal: Speaker['journal']; seen: Page['seen'] }[]
  desks: Desk[]
  /** Kills that struck while somebody waited for an answer, and kills during a start. */
  inHand: number
  duringStart: number
  /** Instants, as milliseconds since 1970, at which a process was killed. */
  killedAt: number[]
  exitCode: number | null
  /** People whose talk or work came to a stand for a reason that is not a cut. */
  stuck: string[]
}

const WECHAT_RESIDENTS = 12
const PAGES = 6
const TOWN = '150402010'
/** Milliseconds of service before a kill; a start takes about 600, and every fourth is itself cut short. */
const SERVES_AT_MOST = 700
const START_TAKES = 600
/** Starts on an empty folder that are cut before anybody is there. */
const FIRST_STARTS = 4

/** Residents and clerks work while the process is killed again and again; at the end everybody finishes what they began. */
export async function storm(service: Service, { kills, seed, whileDown }: StormOptions): Promise<Storm> {
  const chance = chanceOf(seed)
  const all: Storm = {
    residents: [],
    desks: [],
    inHand: 0,
    duringStart: 0,
    killedAt: [],
    exitCode: null,
    stuck: [],
  }
  for (let n = 0; n < FIRST_STARTS; n++) await cutStart(service, chance, all)
  const links = [
    await service.command('user', 'add', 'wang', '王一', 'townClerk', TOWN),
    await service.command('user', 'add', 'li', '李二', 'townClerk', TOWN),
  ]
  await service.start()
  all.desks = [
    await new Desk(service, '王一', chanceOf(seed + 1)).enter(links[0]!),
    await new Desk(service, '李二', chanceOf(seed + 2)).enter(links[1]!),
  ]
  let calm = false
  const people = (await crowd(service, seed, all, () => calm)).map(person => orStuck(all, person))
  let clerksGoHome = false
  const clerks = all.desks.map(desk =>
    orStuck(
      all,
      desk.work(() => clerksGoHome),
    ),
  )
  await strike(service, kills, chance, all, whileDown)
  calm = true
  await Promise.all(people)
  clerksGoHome = true
  await Promise.all(clerks)
  all.exitCode = await service.stop()
  return all
}

/** Somebody who cannot go on does not end the run: the count says more than the first thing that went wrong. */
const orStuck = (all: Storm, somebody: Promise<void>) =>
  somebody.catch(error => void all.stuck.push(String(error)))

/** A start that is killed before, or just as, it serves: in the middle of the migrations when it is the first. */
async function cutStart(service: Service, chance: () => number, all: Storm) {
  const started = service.start()
  await pause(chance() * START_TAKES)
  all.killedAt.push(Date.now())
  all.duringStart += 1
  await service.kill()
  await started
}

/** Kills at moments drawn by chance, each while the process serves; some starts are cut besides. */
async function strike(
  service: Service,
  kills: number,
  chance: () => number,
  all: Storm,
  whileDown: () => Promise<void>,
) {
  for (let n = 1; n <= kills; n++) {
    await pause(100 + chance() * SERVES_AT_MOST)
    if (service.inHand > 0) all.inHand += 1
    all.killedAt.push(Date.now())
    await service.kill()
    if (n % 4 === 0) {
      await cutStart(service, chance, all)
    }
    if (n === kills) await whileDown()
    if (!(await service.start())) throw new Error(`it does not start: ${service.complaints.join('\n')}`)
  }
}

/** Half of those on WeChat stay the same person, half come once; the pages stay. */
async function crowd(service: Service, seed: number, all: Storm, calm: () => boolean) {
  let house = 0
  const speaks = (speaker: Speaker, seen: Page['seen']) => {
    all.residents.push({ journal: speaker.journal, seen })
    return speaker
  }
  const wechat = Array.from({ length: WECHAT_RESIDENTS }, async (_, index) => {
    const chance = chanceOf(seed + 100 + index)
    let one = byWechat(service, chance)
    speaks(one, [])
    do {
      await grievance(one, ++house)
      if (index % 2 === 0) continue
      one.close()
      one = byWechat(service, chance)
      if (!calm()) speaks(one, [])
    } while (!calm())
    one.close()
  })
  const pages = await Promise.all(Array.from({ length: PAGES }, () => new Page(service).open()))
  const web = pages.map(async page => {
    speaks(page, page.seen)
    do await grievance(page, ++house)
    while (!calm())
    page.close()
  })
  return [...wechat, ...web]
}
