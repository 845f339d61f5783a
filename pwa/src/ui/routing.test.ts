import { describe, expect, it } from 'vitest'
import { matchPath } from './routing'

describe('finding a page by its path', () => {
  it('captures what has a name', () => {
    expect(matchPath('/staff/people/:citizen/edit', '/staff/people/7f/edit')).toEqual({ citizen: '7f' })
  })

  it('does not mind a slash at the end', () => {
    expect(matchPath('/staff', '/staff/')).toEqual({})
  })

  it.each(['/staff/people', '/staff/people/7f/edit/more', '/staff/others/7f/edit', '/'])('%s does not fit', (address) => {
    expect(matchPath('/staff/people/:citizen/edit', address)).toBeNull()
  })
})
