import { render } from 'preact'
import { guardDrafts } from '../../features/staff-session/drafts'
import { startStaffLanguage } from '../../text/staff'
import { startRouting } from '../../ui/routing'
import { App } from './App'
import './staff.scss'

startStaffLanguage()
startRouting('/staff')
guardDrafts()

const place = document.getElementById('app')
if (place) render(<App />, place)
