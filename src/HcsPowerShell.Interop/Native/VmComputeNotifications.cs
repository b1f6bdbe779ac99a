using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.Native;

/// <summary>Receives the notifications of vmcompute on its threads and passes them to their targets.</summary>
internal static class VmComputeNotifications
{
    private static readonly CallbackTable<INotificationTarget> s_targets = new();

    // The library keeps the pointer, so the delegate lives as long as the process.
    private static readonly HCS_NOTIFICATION_CALLBACK s_callback = OnNotification;

    /// <exception cref="HcsException">The service refused the callback.</exception>
    internal static SafeHcsSystemCallbackHandle Listen(
        string systemId, SafeHcsSystemV1Handle system, INotificationTarget target)
    {
        CallbackKey key = s_targets.Add(target, target.OnClosed);
        int hresult = HcsRegisterComputeSystemCallback(
            system, s_callback, key.Context, out SafeHcsSystemCallbackHandle registered);
        Check(nameof(HcsRegisterComputeSystemCallback), systemId, hresult, key, registered);
        registered.Own(key, system);
        return registered;
    }

    /// <inheritdoc cref="Listen(string, SafeHcsSystemV1Handle, INotificationTarget)"/>
    internal static SafeHcsProcessCallbackHandle Listen(
        string systemId, SafeHcsProcessV1Handle process, INotificationTarget target)
    {
        CallbackKey key = s_targets.Add(target, target.OnClosed);
        int hresult = HcsRegisterProcessCallback(
            process, s_callback, key.Context, out SafeHcsProcessCallbackHandle registered);
        Check(nameof(HcsRegisterProcessCallback), systemId, hresult, key, registered);
        registered.Own(key, process);
        return registered;
    }

    private static void Check(string function, string systemId, int hresult, CallbackKey key, SafeHandle registered)
    {
        if (hresult < 0)
        {
            registered.Dispose();
            key.Drop();
            throw new HcsException(function, hresult, systemId);
        }
    }

    private static void OnNotification(uint type, IntPtr context, int status, IntPtr data)
    {
        try
        {
            var notification = (HCS_NOTIFICATIONS)unchecked((int)type);
            if (s_targets.Find(context) is { } target && target.Wants(notification))
            {
                target.OnNotification(notification, status, Marshal.PtrToStringUni(data));
            }
        }
        catch (Exception)
        {
            // Out of memory at worst; an exception that leaves this callback ends the process.
        }
    }
}
