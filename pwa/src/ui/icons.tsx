/** Plain shapes in the colour of the text. They say nothing that the words beside them do not. */
import type { ComponentChildren } from 'preact'

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

export const HomeIcon = () => (
  <Icon>
    <path d="M4 11.5 12 4l8 7.5M6 10v9h12v-9" />
  </Icon>
)

export const CalendarIcon = () => (
  <Icon>
    <path d="M5 6h14v14H5zM5 10.5h14M9 3.5V8M15 3.5V8" />
  </Icon>
)

export const GoalIcon = () => (
  <Icon>
    <path d="M6 21V4M6 5h11l-2.5 4L17 13H6" />
  </Icon>
)

export const MoreIcon = () => (
  <Icon>
    <path d="M5 7h14M5 12h14M5 17h14" />
  </Icon>
)

export const HelpIcon = () => (
  <Icon>
    <path d="M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5L16 13l4 1.5v3c0 1.4-1.1 2.5-2.5 2.5C10 20 4 14 4 6.5 4 5.1 5.1 4 6.5 4z" />
  </Icon>
)

export const ShareIcon = () => (
  <Icon>
    <path d="M12 15V3.5M8.5 7 12 3.5 15.5 7M8 10H5.5v10.5h13V10H16" />
  </Icon>
)

export const PlanIcon = () => (
  <Icon>
    <path d="M6 3.5h12v17H6zM9 8.5h6M9 12h6M9 15.5h3.5" />
  </Icon>
)

export const UpIcon = () => (
  <Icon>
    <path d="M12 19V5M6 11l6-6 6 6" />
  </Icon>
)

export const DownIcon = () => (
  <Icon>
    <path d="M12 5v14M6 13l6 6 6-6" />
  </Icon>
)
