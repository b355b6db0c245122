// Fleets wait for real time; the other classes need not wait for them. One class at a time: some keep what their tests share.
[assembly: Parallelize(Scope = ExecutionScope.ClassLevel, Workers = 4)]
