using System;
using System.Runtime.CompilerServices;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

[AttributeUsage(AttributeTargets.Method)]
public sealed class WindowsFactAttribute : FactAttribute
{
    public WindowsFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (!OperatingSystem.IsWindows())
        {
            Skip = "Needs Windows (or Wine): job objects and overlapped pipes.";
        }
    }
}
