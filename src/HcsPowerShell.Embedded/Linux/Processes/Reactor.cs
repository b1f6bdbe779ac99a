using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>The one thread that waits with poll() for every pipe and every process of this host.</summary>
/// <remarks>It starts with the first registration and sleeps while there is none.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "It lives as long as the process.")]
internal sealed class Reactor
{
    private const int StackSize = 256 * 1024;

    private readonly object _gate = new();
    private readonly List<ReactorRegistration> _added = [];
    private FileDescriptor? _wakeUp;
    private Thread? _thread;
    private int _woken;

    private Reactor()
    {
    }

    public static Reactor Shared { get; } = new();

    /// <summary>Calls back once, on the reactor's thread, when the descriptor is ready.</summary>
    /// <param name="descriptor">Stays open while it is registered.</param>
    /// <param name="events">POLLIN or POLLOUT; the close of the other end counts as either.</param>
    /// <param name="ready">Must neither block nor throw.</param>
    public ReactorRegistration Register(FileDescriptor descriptor, short events, Action ready)
    {
        ReactorRegistration registration = new(descriptor, events, ready);
        lock (_gate)
        {
            EnsureStarted();
            _added.Add(registration);
        }

        if (Thread.CurrentThread != _thread)
        {
            Wake();
        }

        return registration;
    }

    /// <summary>Removes a registration soon; its callback may be running already.</summary>
    public void Cancel(ReactorRegistration registration)
    {
        registration.IsCancelled = true;
        Wake();
    }

    private void EnsureStarted()
    {
        if (_thread is not null)
        {
            return;
        }

        int number = Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
        if (number < 0)
        {
            throw SpawnError.From(Marshal.GetLastWin32Error());
        }

        _wakeUp = new FileDescriptor(number);
        _thread = new Thread(Run, StackSize) { IsBackground = true, Name = "HCS embedded host" };
        _thread.Start();
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _woken, 1) == 0)
        {
            byte[] one = BitConverter.GetBytes(1UL);
            Libc.write(_wakeUp!, ref one[0], one.Length);
        }
    }

    private void Run()
    {
        List<ReactorRegistration> registrations = [];
        Libc.PollDescriptor[] polled = new Libc.PollDescriptor[16];
        byte[] counter = new byte[sizeof(ulong)];
        polled[0] = new Libc.PollDescriptor { Descriptor = _wakeUp!.Number, Events = Libc.POLLIN };
        while (true)
        {
            Collect(registrations);
            if (polled.Length <= registrations.Count)
            {
                Array.Resize(ref polled, 2 * registrations.Count);
            }

            for (int i = 0; i < registrations.Count; i++)
            {
                polled[i + 1] = registrations[i].ToPoll();
            }

            if (Libc.poll(polled, (nuint)(registrations.Count + 1), -1) < 0)
            {
                // EINTR; or ENOMEM, where only a short wait can help.
                Thread.Sleep(Marshal.GetLastWin32Error() == Errno.EINTR ? 0 : 10);
                continue;
            }

            if (polled[0].ReturnedEvents != 0)
            {
                Libc.read(_wakeUp, ref counter[0], counter.Length);

                // Before the next Collect: a registration added from here on wakes the thread again.
                Interlocked.Exchange(ref _woken, 0);
            }

            Dispatch(registrations, polled);
        }
    }

    private static void Call(Action ready)
    {
        try
        {
            ready();
        }
        catch (Exception)
        {
            // An unhandled exception on this thread ends the process, and with it every wait.
        }
    }

    private void Collect(List<ReactorRegistration> registrations)
    {
        lock (_gate)
        {
            registrations.AddRange(_added);
            _added.Clear();
        }

        registrations.RemoveAll(registration =>
        {
            if (!registration.IsCancelled)
            {
                return false;
            }

            registration.Release();
            return true;
        });
    }

    private static void Dispatch(List<ReactorRegistration> registrations, Libc.PollDescriptor[] polled)
    {
        int kept = 0;
        for (int i = 0; i < registrations.Count; i++)
        {
            ReactorRegistration registration = registrations[i];
            if (polled[i + 1].ReturnedEvents == 0)
            {
                registrations[kept++] = registration;
                continue;
            }

            if (!registration.IsCancelled)
            {
                Call(registration.Ready);
            }

            registration.Release();
        }

        registrations.RemoveRange(kept, registrations.Count - kept);
    }
}
