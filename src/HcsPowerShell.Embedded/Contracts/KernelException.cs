using System.IO;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>A call the kernel refuses. Its code is the error number, as with the exceptions of .NET on Unix.</summary>
/// <param name="what">What cannot be done, as a sentence without its end.</param>
/// <param name="errno">The error number.</param>
internal sealed class KernelException(string what, int errno) : IOException($"{what}, errno {errno}.", errno);
