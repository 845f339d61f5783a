// "Hurtigt væk": covers the screen, then leaves for a page that says nothing. It stands before everything else in
// the page and needs nothing but itself, so that it works while the app starts, and when the app is broken.
;(function () {
  var NEUTRAL = '/overblik.html'
  var MARK = 'left'
  var TIMES = 3
  var WITHIN_MS = 5000
  // The cover is up; what was typed gets this long to reach the phone's own store.
  var KEEP_MS = 150
  // A slow phone gets this much more to paint the cover: until then the words stand on the glass.
  var PAINT_MS = 350
  var presses = []
  var isLeaving = false

  function shelf(use) {
    try {
      return use(localStorage)
    } catch (refused) {
      return null
    }
  }

  function hasLeft() {
    return shelf(function (kept) {
      return kept.getItem(MARK)
    }) !== null
  }

  // Needs no style sheet, and takes the text away from screen readers and open dialogs, too.
  function cover() {
    document.documentElement.hidden = true
  }

  function go() {
    location.replace(NEUTRAL)
  }

  function keepAndGo(then) {
    dispatchEvent(new Event('leaving'))
    setTimeout(then, KEEP_MS)
  }

  // A page that paints nothing goes all the same.
  function goWhenPainted() {
    var late = setTimeout(go, PAINT_MS)
    requestAnimationFrame(function () {
      clearTimeout(late)
      setTimeout(go)
    })
  }

  function leave() {
    cover()
    if (isLeaving) return
    isLeaving = true
    shelf(function (kept) {
      kept.setItem(MARK, '1')
    })
    // First empty, then all the rest. A tab in the background has nothing to paint, and slow timers.
    if (document.hidden) keepAndGo(go)
    else setTimeout(keepAndGo, 0, goWhenPainted)
  }

  function leaveAgain() {
    cover()
    go()
  }

  function isOpenedOnPurpose() {
    var entry = performance.getEntriesByType ? performance.getEntriesByType('navigation')[0] : undefined
    // 0 is what older browsers call a plain navigation; Back is 2 and reload 1.
    return entry ? entry.type === 'navigate' : performance.navigation.type === 0
  }

  if (hasLeft()) {
    if (isOpenedOnPurpose()) {
      shelf(function (kept) {
        kept.removeItem(MARK)
      })
    } else {
      leaveAgain()
    }
  }

  addEventListener('pageshow', function (event) {
    if (event.persisted && (isLeaving || hasLeft())) leaveAgain()
  })
  // Left in one tab, left in all.
  addEventListener('storage', function (event) {
    if (event.key === MARK && event.newValue !== null) leave()
  })
  addEventListener(
    'click',
    function (event) {
      var link = event.target instanceof Element ? event.target.closest('a.leave') : null
      if (!link) return
      event.preventDefault()
      event.stopPropagation()
      leave()
    },
    true
  )
  addEventListener(
    'keydown',
    function (event) {
      if (event.repeat) return
      if (event.key !== 'Shift') {
        presses = []
        return
      }
      presses.push(event.timeStamp)
      presses = presses.slice(-TIMES)
      if (presses.length === TIMES && event.timeStamp - presses[0] <= WITHIN_MS) leave()
    },
    true
  )
})()
