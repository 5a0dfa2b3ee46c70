import { bad, good, picked } from './answers.ts'
import type { Answer, Option } from './flow.ts'
import { maskedPhone, phoneOf } from './phone.ts'
import type { MediationAnswers } from './talk.ts'
import { lettersOf } from './text.ts'
import type { DangerSeen } from './understand/danger.ts'

/** Answers that only a mediation asks for. */

type Safety = MediationAnswers['safety']

const SAYS: Readonly<Record<Safety, RegExp>> = {
  safe: /^(?:我|我们)?(?:很|都|是)?(?:安全|没有|没事|不怕|不会|都?没有?的?|safe|no|i am safe)[的了。!！~\s]*$/,
  private: /单独|私下|悄悄|alone|in private/,
  afraid: /害怕|怕他|怕她|怕对方|有点怕|afraid|scared/,
  hurt: /打我|打过我|动手|家暴|威胁|伤害|受伤|hits? me|hurt|threat/,
}

const OPTIONS: readonly Option[] = (['safe', 'private', 'afraid', 'hurt'] as const).map(value => ({
  value,
  label: `safety.${value}`,
  says: SAYS[value],
}))

const HURT: DangerSeen = { kinds: ['violence'], because: ['申请调解时说受过伤害或威胁'], first: '110' }

/**
 * 安全筛查 (facts 2.4): one tap, before anything else is asked. It stands on no summary, and the other party never sees a trace of it. Who
 * was hurt or threatened is shown the emergency card first; the way of the mediation stays open, and the panel talks to them alone.
 */
export const safety: Answer<Safety> = {
  kind: 'oneOf',
  choices: () => OPTIONS,
  read(said) {
    const pick = picked(said, OPTIONS)
    return pick ? good(pick.option.value as Safety) : bad('notAChoice')
  },
  alarm: value => (value === 'hurt' ? HURT : undefined),
  thanks: value =>
    value === 'afraid' ? 'safety.afraid' : value === 'private' ? 'safety.private' : undefined,
  shown: () => undefined,
}

/** The other side as the applicant calls it. */
export const otherName: Answer<string> = {
  kind: 'words',
  read({ text }) {
    const name = text.replace(/^(?:是|对方是|叫|名字?是?|it is|it's)\s*/i, '').trim()
    const letters = lettersOf(name).length
    const isNobody =
      /^(?:(?:改|换)?(?:对方|他们?|她们?|那个人|the other side)|跳过|没有|无|不知道|不清楚|skip|none|unknown)$/i.test(
        name,
      )
    if (isNobody) return bad('whoIsIt')
    return letters >= 1 && name.length <= 60 ? good(name) : bad('notAName')
  },
  shown: value => ({ value }),
}

const ORGANISATION =
  /公司|物业|医院|诊所|学校|幼儿园|集团|商店|超市|饭店|酒店|工厂|厂$|银行|中心|委员会|居委|村委|合作社|事务所|工程队|项目部|局$|ltd|inc|company|hospital|school|bank|firm/i

/** An organisation or a person, by its name. */
export const partyKind = (name: string): 'person' | 'organisation' =>
  ORGANISATION.test(name) ? 'organisation' : 'person'

/** The other side's telephone: never taken from other words, never the person's own offered. */
export const theirPhone: Answer<string> = {
  kind: 'phone',
  read(said, scene) {
    const number = phoneOf(said.plain, scene.book.areaCode)
    if (number) return good(number)
    return bad(/\d{5,}/.test(said.plain.replace(/[\s-]/g, '')) ? 'notAPhone' : 'noPhone')
  },
  shown: number => ({ value: maskedPhone(number) }),
}
