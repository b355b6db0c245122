// The browser's and the servers' processes compute while a test waits for them. Tests of one class run one at a time, and the classes that change what all
// windscreens show run alone, after the others.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.ClassLevel)]
