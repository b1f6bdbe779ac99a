using System;
using System.Management.Automation;
using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// Base class for tests that share one session, each with its own containers and with Linux processes. It asserts that
/// the commands of every test leave nothing except the handles that the module keeps, and the session nothing at all.
/// </summary>
public abstract class SessionTests : IClassFixture<Session>, IDisposable
{
    protected SessionTests(Session session)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        Session = session;
    }

    protected Session Session { get; }

    public void Dispose()
    {
        Disposed();
        Session.RequireOnlyKept();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called first after a test, to end what the test has begun.</summary>
    protected virtual void Disposed()
    {
    }

    /// <summary>Returns an object as another process would pass it on.</summary>
    protected static object Deserialized(object live) => PSSerializer.Deserialize(PSSerializer.Serialize(live));
}
