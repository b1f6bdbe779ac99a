using System;
using System.Runtime.CompilerServices;
using HcsPowerShell.Contract;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

[AttributeUsage(AttributeTargets.Method)]
public sealed class WindowsFactAttribute : FactAttribute
{
    /// <summary>The reason to skip the test under Wine; null if Wine can run it.</summary>
    public string? NotUnderWine
    {
        get;
        set
        {
            field = value;
            Skip ??= Wine.IsHost ? value : null;
        }
    }

    public WindowsFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (!OperatingSystem.IsWindows())
        {
            Skip = "Needs Windows (or Wine): job objects and overlapped pipes.";
        }
    }
}
