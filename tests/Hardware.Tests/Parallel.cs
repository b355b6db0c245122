// Two, because the machines that run this share two cores with other suites.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.MethodLevel)]
