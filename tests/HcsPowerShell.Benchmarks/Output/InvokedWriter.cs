using System;
using HcsPowerShell.Benchmarks.Engine;

namespace HcsPowerShell.Benchmarks.Output;

/// <summary>A writer that the command runs in a container.</summary>
internal sealed class InvokedWriter(ModuleSession session, Writer writer) : IDisposable
{
    public const string Bytes = "-AsByteStream";
    public const string Lines = "";

    private readonly object _container = session.Run("New-HcsContainer", ("Id", "writer"), ("Start", true))[0].BaseObject;

    /// <param name="how">Bytes or Lines.</param>
    /// <param name="files">The number of times the writer writes its file.</param>
    public void Run(string how, int files) => session.RunScript(
        $"param($container, $command) Invoke-HcsProcess $container -CommandArg $command {how} | Out-Null",
        ("container", _container),
        ("command", writer.Command(files)));

    public void Dispose() => session.Run("Stop-HcsContainer", ("Container", _container), ("Force", true));
}
