using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The console of a process.</summary>
internal interface IProcessConsole
{
    /// <summary>Sets the size of the console, in characters, and notifies the process.</summary>
    /// <exception cref="Interop.HcsException">The process has exited.</exception>
    void Resize(ushort width, ushort height);

    /// <summary>
    /// Closes standard input, so that the process reads end of file; a console does not send it by itself. Idempotent.
    /// </summary>
    Task EndInputAsync();
}
