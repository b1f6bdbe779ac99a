using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Windows;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

/// <summary>Base class for tests with an isolation and one sandbox in it.</summary>
[Collection(SandboxCollection.Name)]
public abstract class SandboxTest : IDisposable
{
    private readonly WindowsProcessIsolation _isolation = new();
    private readonly Lazy<ISandbox> _sandbox;

    protected SandboxTest() =>
        _sandbox = new Lazy<ISandbox>(() => _isolation.CreateSandbox("test", new ContainerConfig()));

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected IIsolation Isolation => _isolation;

    private protected ISandbox Sandbox => _sandbox.Value;

    public void Dispose()
    {
        if (_sandbox.IsValueCreated)
        {
            _sandbox.Value.Dispose();
        }

        _isolation.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a process and waits for its first line.</summary>
    /// <remarks>Wine fails if a process is killed or paused while it still starts or creates its console.</remarks>
    private protected static async Task<ISandboxProcess> StartReady(ISandbox sandbox, ProcessPlan start)
    {
        ISandboxProcess process = sandbox.Start(start with { StandardOutput = true });
        await ReadLine(process.StandardOutput!);
        return process;
    }

    protected static async Task<byte[]> ReadToEnd(Stream stream)
    {
        using MemoryStream all = new();
        await stream.CopyToAsync(all, Token).Within();
        return all.ToArray();
    }

    protected static async Task<string> ReadTextToEnd(Stream stream) =>
        Encoding.UTF8.GetString(await ReadToEnd(stream));

    /// <summary>Reads one line, byte by byte so that nothing after it is consumed.</summary>
    protected static async Task<string> ReadLine(Stream stream)
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, Token).AsTask().Within() == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }

    protected static async Task<bool> IsGone(uint processId)
    {
        for (var elapsed = Stopwatch.StartNew(); elapsed.Elapsed < TimeSpan.FromSeconds(10); await Task.Delay(20, Token))
        {
            if (!IsAlive(processId))
            {
                return true;
            }
        }

        return false;
    }

    protected static bool IsAlive(uint processId)
    {
        try
        {
            using Process process = Process.GetProcessById((int)processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Returns the processes of the sandbox, except those that serve their consoles.</summary>
    private protected static ProcessListItem[] ListOf(ISandbox sandbox) =>
        [.. sandbox.GetProcesses().Where(item => item.ImageName != "conhost.exe")];

    private protected static Task<uint?> ExitOf(ISandboxProcess process) => process.ExitCodeAsync();
}
