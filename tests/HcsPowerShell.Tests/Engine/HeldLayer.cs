using System;
using System.Diagnostics;
using System.IO;
using HcsPowerShell.Contract;
using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// A layer whose list of parents cannot be read before the end of the hold, so that every call on it waits.
/// </summary>
internal sealed class HeldLayer : IDisposable
{
    private readonly string _file;
    private readonly string _pipe;
    private readonly string? _parents;

    public HeldLayer(string path)
    {
        _file = Path.Combine(path, "layerchain.json");
        _pipe = path + ".pipe";
        if (File.Exists(_file))
        {
            _parents = File.ReadAllText(_file);
            File.Delete(_file);
        }

        using var make = Process.Start("mkfifo", [_file]);
        Assert.True(make.WaitForExit(Waits.Limit), "Not within the limit: mkfifo");
    }

    public void Dispose()
    {
        File.Move(_file, _pipe);
        if (_parents is not null)
        {
            File.WriteAllText(_file, _parents);
        }

        // Whoever waits for a writer goes on.
        using (new FileStream(_pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
        }

        File.Delete(_pipe);
    }
}
