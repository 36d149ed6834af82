"""The running knowledge that is arithmetic: plain values in, plain values out, no words for people.

Rule: no clock, no chance, no I/O, and no figure of its own; every figure comes from
content/coaching/ as `Coaching` (bot/content/coaching). Metres, seconds, pain 0 to 10, instants
aware in UTC. One rule, one file:

    3.1  runs.py        longest_run_30d(runs, today, load) -> Longest
         guard.py       session_guard(planned, longest, load, measure) -> Guard
                        session_cap(longest, load, measure); overload_cap(old_longest, load)
    3.2  effort.py      weekly_change(week_m, week_before_m, figures) -> Change
    3.4                 session_load(effort, duration_s); week_load(daily) -> WeekLoad; is_hard(...)
    3.5  frequency.py   max_runs_next_week(weeks, target, frequency, reds, ambers)
                        walks_beside(runs, frequency)
    3.6  gate.py        gate(at, now, coaching) -> Gate
    2.3  combine.py     coaching_suspended, in_order, top_causes, smallest, cut_first,
                        days_to_next_new
    4.1  start.py       start_level(before, coaching) -> Start; break_row, pace_factor, volume_part
    4.2  criteria.py    criteria_to_start(able, comeback, strain) -> Criteria
    4.3  ladder.py      ladder_session(level, ladder) -> Session; top_level, level_within
                        couch_to_5k(ladder, sore_calf=...) -> steps
    4.4  lights.py      light(check, lights) -> Light | None; worst; light_of_rule
         levels.py      next_level(start, done, now, coaching) -> NextLevel; ladder_done; two_ambers
         earliest.py    earliest_day(last, now, coaching, zone, on_ladder) -> Earliest | None
    5.2  technique.py   technique_share(started, lights, today, technique, stop_pain) -> Share
                        technique_entry(...) -> what is unmet; new_style_m(share, week_m)
    6.0  exercises.py   exercise_choice(exercises, day, coaching) -> Choice
    6.1  dose.py        next_dose(doses, history, now, strength, tendon) -> NextDose
    6.3  selftest.py    self_tests(tests, strength) -> TestResult; heel_raise_norm; may_self_test
    7    plan.py        plan_weeks(standing, wishes, today, coaching) -> one PlanItem a day
         weeks.py       weeks_on_plan(items, done, pauses, today, figures) -> OnPlan
         clock.py       local times, zones and weekdays
         nudges.py      wait_days, lapse_stage, may_send, is_quiet
         recovery.py    recovery_memory(runs, soreness, recovery) -> bands; memory_for
"""
