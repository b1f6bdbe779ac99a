using Xunit.Sdk;
using Xunit.v3;

// The mocks count what is alive in the whole process.
[assembly: Parallelization(Mode = ParallelMode.None)]
