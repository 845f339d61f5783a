import { render } from 'preact'
import { guardDesk } from '../../features/staff-desk/guard'
import { guardDrafts } from '../../features/staff-session/drafts'
import { startStaffLanguage } from '../../text/staff'
import { hasDrafts } from '../../ui/drafts'
import { startRouting } from '../../ui/routing'
import { App } from './App'
import './staff.scss'

startStaffLanguage()
startRouting('/staff')
guardDrafts()
guardDesk()
// The browser asks first when a reload or a closed tab would lose what was typed.
addEventListener('beforeunload', (event) => {
  if (hasDrafts()) event.preventDefault()
})

const place = document.getElementById('app')
if (place) render(<App />, place)
