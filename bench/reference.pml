/* The system of lib/drivers/reference.fixture.ts for SPIN, coarser: fetching, booking and telling are one
   step each and nothing is in flight. One process, every alternative atomic, so that pan counts states.
   LEDGER: 0 remembers nothing, 1 everything, 2 the last item of each log. */
#ifndef LEDGER
#define LEDGER 1
#endif
#ifndef ITEMS
#define ITEMS 3
#endif
#ifndef LOST
#define LOST 1
#endif
#ifndef CRASHES
#define CRASHES 1
#endif
#define ROOM 8

typedef Tape { byte item[ROOM]; byte length; byte done; byte owner }
typedef Hand { byte up; byte phase; byte log; byte offset; byte stale }

Tape tape[2];
Hand hand[2];
byte next[2];
byte waits[2];
byte booked[6];
byte last[2];
byte lost = LOST;
byte crashes = CRASHES;
byte scratch;

#define LOG(s) ((s + next[s]) % 2)
#define DROP(w) hand[w].phase = 0; hand[w].log = 0; hand[w].offset = 0; hand[w].stale = 0

#if LEDGER == 1
#define BOOK(w) booked[scratch] = 1
#elif LEDGER == 2
#define BOOK(w) if :: last[hand[w].log] == scratch + 1 -> skip \
  :: else -> booked[scratch]++; last[hand[w].log] = scratch + 1 fi
#else
#define BOOK(w) booked[scratch]++
#endif

#define SENDER(s) \
  :: d_step { !waits[s] && next[s] < ITEMS -> \
       tape[LOG(s)].item[tape[LOG(s)].length] = s * ITEMS + next[s]; tape[LOG(s)].length++; waits[s] = 1 } \
  :: d_step { waits[s] -> waits[s] = 0; next[s]++ } \
  :: d_step { waits[s] && lost > 0 -> lost--; waits[s] = 0 }

#define TAKE(w, q) \
  :: d_step { hand[w].up && hand[w].phase == 0 && tape[q].owner == w && tape[q].done < tape[q].length -> \
       hand[w].phase = 1; hand[w].log = q; hand[w].offset = tape[q].done }

#define WORKER(w) \
  TAKE(w, 0) TAKE(w, 1) \
  :: d_step { hand[w].up && hand[w].phase == 1 -> scratch = tape[hand[w].log].item[hand[w].offset]; \
       BOOK(w); hand[w].phase = 2; assert(booked[scratch] < 2); scratch = 0 } \
  :: d_step { hand[w].up && hand[w].phase == 2 -> \
       if :: !hand[w].stale -> tape[hand[w].log].done = hand[w].offset + 1 :: else -> skip fi; DROP(w) } \
  :: d_step { hand[w].up && hand[1-w].up && crashes > 0 -> crashes--; hand[w].up = 0; DROP(w); \
       tape[0].owner = 1-w; tape[1].owner = 1-w } \
  :: d_step { !hand[w].up -> hand[w].up = 1; tape[w].owner = w; \
       if :: hand[1-w].phase > 0 && hand[1-w].log == w -> hand[1-w].stale = 1 :: else -> skip fi }

init {
  d_step { tape[1].owner = 1; hand[0].up = 1; hand[1].up = 1 }
end:
  do
  SENDER(0)
  SENDER(1)
  WORKER(0)
  WORKER(1)
  od
}
