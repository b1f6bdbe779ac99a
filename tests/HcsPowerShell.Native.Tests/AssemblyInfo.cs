using Xunit.Sdk;
using Xunit.v3;

// The mocks count the objects of the whole process.
[assembly: Parallelization(Mode = ParallelMode.None)]
