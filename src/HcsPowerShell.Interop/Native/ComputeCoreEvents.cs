using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.Native;

/// <summary>Receives the events of computecore on its threads and passes them to their targets.</summary>
internal static class ComputeCoreEvents
{
    private static readonly CallbackTable<IEventTarget> s_targets = new();

    // The library keeps the pointer, so the delegate lives as long as the process.
    private static readonly HCS_EVENT_CALLBACK s_callback = OnEvent;

    internal static void Listen(string systemId, SafeHcsSystemHandle system, IEventTarget target) => Listen(
        nameof(HcsSetComputeSystemCallback),
        systemId,
        target,
        system.Own,
        key => HcsSetComputeSystemCallback(system, HCS_EVENT_OPTIONS.HcsEventOptionNone, key, s_callback));

    internal static void Listen(string systemId, SafeHcsProcessHandle process, IEventTarget target) => Listen(
        nameof(HcsSetProcessCallback),
        systemId,
        target,
        process.Own,
        key => HcsSetProcessCallback(process, HCS_EVENT_OPTIONS.HcsEventOptionNone, key, s_callback));

    // The handle owns the key before the library gets it, so the key is always removed after the handle is closed.
    private static void Listen(
        string function, string systemId, IEventTarget target, Action<CallbackKey> own, Func<IntPtr, int> set)
    {
        CallbackKey key = s_targets.Add(target, target.OnClosed);
        own(key);
        int hresult = set(key.Context);
        if (hresult < 0)
        {
            throw new HcsException(function, hresult, systemId);
        }
    }

    private static void OnEvent(ref HCS_EVENT received, IntPtr context)
    {
        try
        {
            if (s_targets.Find(context) is { } target && target.Wants(received.Type))
            {
                target.OnEvent(received.Type, Marshal.PtrToStringUni(received.EventData));
            }
        }
        catch (Exception)
        {
            // Out of memory at worst; an exception that leaves this callback ends the process.
        }
    }
}
