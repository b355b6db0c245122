// One more than there are cores: while a server's process starts or a lease runs out, another class uses the core.
[assembly: Parallelize(Workers = 3, Scope = ExecutionScope.ClassLevel)]
