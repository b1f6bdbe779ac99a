using System.Linq;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Service.Execution;

/// <summary>Builds the console a process document asks for.</summary>
internal static class ConsolePlanner
{
    // The usual size of a terminal that reports none.
    private const ushort UsualWidth = 80;
    private const ushort UsualHeight = 24;

    /// <summary>
    /// Builds the console; null when the document asks for none. A size without a console is then ignored, as under
    /// HCS.
    /// </summary>
    /// <exception cref="Interop.HcsException">The size is out of range.</exception>
    public static ConsolePlan? Build(string containerId, ProcessConfig config)
    {
        if (!config.EmulateConsole)
        {
            return null;
        }

        if (config.ConsoleSize?.Any(characters => characters > ushort.MaxValue) == true)
        {
            throw Refusal.InvalidArgument(
                containerId, "HcsCreateProcess", "ConsoleSize: a console has at most 65535 rows and columns.");
        }

        // The document has the height first.
        return new ConsolePlan(
            Width: Size(config.ConsoleSize, 1, UsualWidth), Height: Size(config.ConsoleSize, 0, UsualHeight));
    }

    private static ushort Size(uint[]? size, int index, ushort usual) =>
        size is { Length: 2 } && size[index] != 0 ? (ushort)size[index] : usual;
}
