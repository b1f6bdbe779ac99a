using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Contract;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>Holds the functions of one operation in both mocks.</summary>
internal sealed class MockHold : IHeldCalls
{
    private static readonly MockLibrary[] s_mocks = [MockLibrary.ComputeCore, MockLibrary.VmCompute];

    private readonly string[] _functions;
    private readonly Dictionary<string, int> _before;

    /// <summary>The functions that undo a call of the operation.</summary>
    private readonly string[] _undoing;

    /// <summary>The function that makes a file, which is undone by no function; null for other operations.</summary>
    private readonly string? _maker;

    internal MockHold(ComputeOperation operation)
    {
        // The two libraries spell one function differently.
        _functions = operation == ComputeOperation.Shutdown
            ? ["HcsShutDownComputeSystem", "HcsShutdownComputeSystem"]
            : [operation.Function()];
        _undoing = operation switch
        {
            ComputeOperation.Create => ["HcsTerminateComputeSystem", "HcsCloseComputeSystem"],
            ComputeOperation.Open => ["HcsCloseComputeSystem"],
            ComputeOperation.CreateProcess => ["HcsTerminateProcess", "HcsCloseProcess"],
            ComputeOperation.OpenProcess => ["HcsCloseProcess"],
            ComputeOperation.GrantAccess => ["HcsRevokeVmAccess"],
            _ => [],
        };
        _maker = operation == ComputeOperation.CreateStateFile ? operation.Function() : null;
        _before = _undoing.ToDictionary(function => function, Calls);
        Hold(on: true);
    }

    public int AtWork => s_mocks.Sum(mock => _functions.Sum(mock.Waiting));

    /// <summary>For a file: that it has been made. The test looks for it then.</summary>
    public bool AreUndone => _undoing.All(function => Calls(function) > _before[function])
        && (_maker is null || MockLibrary.ComputeCore.Record().Any(line => line.StartsWith(_maker, StringComparison.Ordinal)));

    public void Dispose() => Hold(on: false);

    private static int Calls(string function) => s_mocks.Sum(mock => mock.Calls(function));

    private void Hold(bool on)
    {
        foreach (MockLibrary mock in s_mocks)
        {
            foreach (string function in _functions)
            {
                mock.Hold(function, on);
            }
        }
    }
}
