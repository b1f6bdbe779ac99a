using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Native;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;
using static HcsPowerShell.Interop.Native.Ole32;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests the close order, because the collector may finalize a handle before its callback.</summary>
public sealed class CloseOrderTests() : MockTests(MockLibrary.VmCompute), INotificationTarget
{
    [Fact]
    public void A_system_is_closed_after_its_callback_whatever_is_released_first()
    {
        const string Id = "close-order";
        Mock.AddSystem(Id, "{}", started: true);
        Assert.Equal(0, HcsOpenComputeSystem(Id, out SafeHcsSystemV1Handle system, out SafeCoTaskString result));
        result.Dispose();
        SafeHcsSystemCallbackHandle callback = VmComputeNotifications.Listen(Id, system, this);
        system.Dispose();
        Assert.Equal(0, Mock.Calls("HcsCloseComputeSystem"));
        callback.Dispose();
        Assert.Equal(1, Mock.Calls("HcsCloseComputeSystem"));
        Mock.ExitSystem(Id, "ForcedExit", 0);
    }

    [Fact]
    public async Task A_process_is_closed_after_its_callback_whatever_is_released_first()
    {
        IContainer container = await CreateStartedAsync();
        IProcess process = await container.CreateProcessAsync(Run("sleep 60000"), Limit);
        Assert.Equal(0, HcsOpenComputeSystem(container.Id, out SafeHcsSystemV1Handle system, out SafeCoTaskString one));
        Assert.Equal(0, HcsOpenProcess(system, process.ProcessId, out SafeHcsProcessV1Handle opened, out SafeCoTaskString two));
        one.Dispose();
        two.Dispose();
        SafeHcsProcessCallbackHandle callback = VmComputeNotifications.Listen(container.Id, opened, this);
        opened.Dispose();
        Assert.Equal(0, Mock.Calls("HcsCloseProcess"));
        callback.Dispose();
        Assert.Equal(1, Mock.Calls("HcsCloseProcess"));
        system.Dispose();
        process.Close();
        await EndAsync(container);
    }

    [Fact]
    public async Task A_disposed_handle_is_refused_before_the_library_sees_it()
    {
        IContainer container = await CreateStartedAsync();
        Assert.Equal(0, HcsOpenComputeSystem(container.Id, out SafeHcsSystemV1Handle system, out SafeCoTaskString result));
        result.Dispose();
        system.Dispose();
        Assert.Throws<ObjectDisposedException>(() => HcsPauseComputeSystem(system, null, out _));
        Assert.Equal(0, Mock.Calls(nameof(HcsPauseComputeSystem)));
        await EndAsync(container);
    }

    bool INotificationTarget.Wants(HCS_NOTIFICATIONS type) => false;

    void INotificationTarget.OnNotification(HCS_NOTIFICATIONS type, int status, string? document)
    {
    }

    void INotificationTarget.OnClosed()
    {
    }
}
