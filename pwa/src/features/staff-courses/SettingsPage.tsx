import { type CourseSetting, listSettings, putSetting } from '../../api/staffCourses'
import { staffText } from '../../text/staff'
import { staffCoursesText } from '../../text/staffCourses'
import { TextField } from '../../ui/Field'
import { sayDone } from '../../ui/flash'
import { type FormState, useForm } from '../../ui/form'
import { FormFrame } from '../../ui/FormFrame'
import { PageHeading } from '../../ui/PageHeading'
import { useResource } from '../../ui/resource'
import { explainCourse } from './explain'
import { Loaded } from './Loaded'
import { courseName, themeTitle } from './names'
import { checkSetting, startSetting, toSetting, type SettingValues } from './settings'
import './courses.scss'

/** The manager's page: how many times, how many talks, and what the centre calls its themes. */
export function SettingsPage() {
  const words = staffCoursesText()
  const found = useResource('course-settings', 0, listSettings)
  return (
    <section class="page">
      <p>
        <a href="/staff/courses">{words.back}</a>
      </p>
      <PageHeading>{words.settingsPage.title}</PageHeading>
      <p class="quiet">{words.settingsPage.lead}</p>
      <Loaded found={found}>
        {({ items }) => (
          <>
            {items.map((setting) => (
              <SettingEntry key={`${setting.code}:${setting.version}`} setting={setting} onSaved={() => void found.reload()} />
            ))}
          </>
        )}
      </Loaded>
    </section>
  )
}

function SettingEntry({ setting, onSaved }: { setting: CourseSetting; onSaved: () => void }) {
  const text = staffText()
  const words = staffCoursesText().settingsPage
  const name = courseName(setting.code)
  const form = useForm<SettingValues>({
    key: `course-setting:${setting.code}:${setting.version}`,
    initial: () => startSetting(setting),
    check: (values) => checkSetting(setting, values, staffCoursesText()),
    send: async (values) => {
      await putSetting(toSetting(setting, values))
      sayDone(words.saved(name))
      onSaved()
    },
    explain: (error) => explainCourse(error),
  })
  return (
    <details class="more">
      <summary>{name}</summary>
      <FormFrame form={form} labels={{ sessions: words.sessions, talks_min: words.talksMin, talks_max: words.talksMax }} controls={controlsOf(setting)} summary={text.problem.summary} submit={words.save(name)}>
        <Counts setting={setting} form={form} />
        <Themes setting={setting} form={form} />
      </FormFrame>
    </details>
  )
}

const fieldOf = (setting: CourseSetting, name: string) => `${setting.code}-${name}`

function controlsOf(setting: CourseSetting): Record<string, string> {
  return Object.fromEntries(['sessions', 'talks_min', 'talks_max'].map((name) => [name, fieldOf(setting, name)]))
}

function Counts({ setting, form }: { setting: CourseSetting; form: FormState<SettingValues> }) {
  const words = staffCoursesText().settingsPage
  const names = setting.kind === 'talks' ? (['talks_min', 'talks_max'] as const) : (['sessions'] as const)
  const labels = { sessions: words.sessions, talks_min: words.talksMin, talks_max: words.talksMax }
  return (
    <div class="side-by-side">
      {names.map((name) => (
        <TextField
          key={name}
          id={fieldOf(setting, name)}
          label={labels[name]}
          error={form.trouble.fields?.[name]}
          value={form.values[name]}
          inputAttributes={{ inputMode: 'numeric', maxLength: 2 }}
          onInput={(value) => form.set(name, value)}
        />
      ))}
    </div>
  )
}

/** Each theme under the name that the content gives it; what is typed stands in its place. */
function Themes({ setting, form }: { setting: CourseSetting; form: FormState<SettingValues> }) {
  const words = staffCoursesText().settingsPage
  const set = (place: number, value: string) => form.set('titles', form.values.titles.map((title, at) => (at === place ? value : title)))
  return (
    <>
      {setting.themes.map((theme, place) => (
        <TextField
          key={theme.id ?? place}
          id={fieldOf(setting, `theme-${place}`)}
          label={themeTitle(setting.code, theme.id) ?? words.theme(place + 1)}
          hint={themeTitle(setting.code, theme.id) === null ? words.ownHint : words.themeHint}
          value={form.values.titles[place] ?? ''}
          inputAttributes={{ maxLength: 120 }}
          onInput={(value) => set(place, value)}
        />
      ))}
      <TextField
        id={fieldOf(setting, 'new-theme')}
        label={words.add}
        hint={words.addHint}
        value={form.values.added}
        inputAttributes={{ maxLength: 120 }}
        onInput={(value) => form.set('added', value)}
      />
    </>
  )
}
