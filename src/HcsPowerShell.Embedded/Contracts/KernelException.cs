using System.IO;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>
/// The exception for a call the kernel refuses. Its HResult is the error number, as with the exceptions of .NET on
/// Unix.
/// </summary>
/// <param name="what">The failure, as a sentence without its end.</param>
/// <param name="errno">The error number.</param>
internal sealed class KernelException(string what, int errno) : IOException($"{what}, errno {errno}.", errno);
