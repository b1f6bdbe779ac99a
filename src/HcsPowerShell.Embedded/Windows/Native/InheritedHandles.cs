using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Windows.Native;

/// <summary>Start-up information that gives a new process its three standard handles and no other.</summary>
internal sealed class InheritedHandles : IDisposable
{
    private readonly SafeFileHandle[] _standard;
    private readonly bool[] _held = new bool[3];
    private readonly IntPtr[] _values = new IntPtr[3];
    private readonly SafeAttributeListHandle _list;

    /// <summary>Takes three different, inheritable handles and keeps them open until it is disposed.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refuses.</exception>
    public InheritedHandles(SafeFileHandle input, SafeFileHandle output, SafeFileHandle error)
    {
        _standard = [input, output, error];
        try
        {
            for (int i = 0; i < _standard.Length; i++)
            {
                _standard[i].DangerousAddRef(ref _held[i]);
                _values[i] = _standard[i].DangerousGetHandle();
            }

            _list = new SafeAttributeListHandle(_values);
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <summary>Start-up information for CreateProcessW; valid until this object is disposed.</summary>
    public Kernel32.STARTUPINFOEXW StartupInfo => new()
    {
        StartupInfo =
        {
            cb = Marshal.SizeOf<Kernel32.STARTUPINFOEXW>(),
            dwFlags = Kernel32.STARTF_USESTDHANDLES,
            hStdInput = _values[0],
            hStdOutput = _values[1],
            hStdError = _values[2],
        },
        lpAttributeList = _list.DangerousGetHandle(),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _list.Dispose();
        Release();
    }

    private void Release()
    {
        for (int i = 0; i < _standard.Length; i++)
        {
            if (_held[i])
            {
                _held[i] = false;
                _standard[i].DangerousRelease();
            }
        }
    }
}
