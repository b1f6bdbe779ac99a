using System;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>A descriptor the reactor watches, and the callback for when it is ready.</summary>
internal sealed class ReactorRegistration
{
    private readonly FileDescriptor _descriptor;
    private readonly short _events;
    private volatile bool _isCancelled;

    public ReactorRegistration(FileDescriptor descriptor, short events, Action ready)
    {
        // poll() takes the bare number: while it may use it, no other file may get the number.
        bool added = false;
        descriptor.DangerousAddRef(ref added);
        _descriptor = descriptor;
        _events = events;
        Ready = ready;
    }

    public Action Ready { get; }

    public bool IsCancelled
    {
        get => _isCancelled;
        set => _isCancelled = value;
    }

    public Libc.PollDescriptor ToPoll() => new() { Descriptor = _descriptor.Number, Events = _events };

    public void Release() => _descriptor.DangerousRelease();
}
