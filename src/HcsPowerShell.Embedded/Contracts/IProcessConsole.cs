using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The console of a process.</summary>
internal interface IProcessConsole
{
    /// <summary>Gives the console another size, in characters, and tells the process.</summary>
    /// <exception cref="Interop.HcsException">The process has exited.</exception>
    void Resize(ushort width, ushort height);

    /// <summary>Closes standard input, so that the process reads its end; a console does not end by itself. Idempotent.</summary>
    Task EndInputAsync();
}
