// Fleets wait for real time; the other classes need not wait for them. Tests of one class run one at a time, as some share state.
[assembly: Parallelize(Scope = ExecutionScope.ClassLevel, Workers = 3)]
