using System;
using System.Runtime.InteropServices;
using static HcsPowerShell.Interop.Native.ComputeNetwork;

namespace HcsPowerShell.Interop.Native;

/// <summary>Receives the notifications of computenetwork on its threads and passes them to their targets.</summary>
internal static class ComputeNetworkNotifications
{
    private static readonly CallbackTable<Action<HCN_NOTIFICATIONS, int, string?>> s_targets = new();

    // The library keeps the pointer, so the delegate lives as long as the process.
    private static readonly HCN_NOTIFICATION_CALLBACK s_callback = OnNotification;

    /// <param name="target">Takes the type, the HRESULT and the document of each notification, without waiting.</param>
    /// <exception cref="HcsException">The service refused the callback.</exception>
    internal static SafeHcnCallbackHandle Listen(Action<HCN_NOTIFICATIONS, int, string?> target)
    {
        CallbackKey key = s_targets.Add(target);
        try
        {
            int hresult = HcnRegisterServiceCallback(s_callback, key.Context, out SafeHcnCallbackHandle registered);
            if (hresult < 0)
            {
                registered.Dispose();
                throw new HcsException(nameof(HcnRegisterServiceCallback), hresult);
            }

            registered.Own(key);
            return registered;
        }
        catch
        {
            // The library or the export may be missing too.
            key.Drop();
            throw;
        }
    }

    private static void OnNotification(uint type, IntPtr context, int status, IntPtr data)
    {
        try
        {
            s_targets.Find(context)?.Invoke(
                (HCN_NOTIFICATIONS)unchecked((int)type), status, Marshal.PtrToStringUni(data));
        }
        catch (Exception)
        {
            // Out of memory at worst; an exception that leaves this callback ends the process.
        }
    }
}
