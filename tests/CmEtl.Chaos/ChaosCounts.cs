using CmEtl.Chaos.Faults;

namespace CmEtl.Chaos;

/// <summary>The faults that were injected.</summary>
internal sealed class ChaosCounts
{
    private readonly int[] _faults = new int[Enum.GetValues<FaultKind>().Length];
    private int _zombies;
    private int _putDown;
    private int _restarts;

    public int Kills => _faults[(int)FaultKind.Kill];

    public int Freezes => _faults[(int)FaultKind.Freeze];

    /// <summary>Workers that were frozen longer than their lease.</summary>
    public int Zombies => _zombies;

    public int Terminated => _faults[(int)FaultKind.Terminate];

    public int Restarts => _restarts;

    /// <summary>Connections that were cut (before or after the server's answer), silenced or delayed.</summary>
    public int Cut => _faults[(int)FaultKind.Cut] + _faults[(int)FaultKind.DropReply];

    public int Silenced => _faults[(int)FaultKind.BlackHole];

    public int Delayed => _faults[(int)FaultKind.Delay];

    /// <summary>Workers that the harness killed because they made no progress. These are not planned faults.</summary>
    public int PutDown => _putDown;

    public void Add(FaultKind kind) => Interlocked.Increment(ref _faults[(int)kind]);

    public void AddZombie() => Interlocked.Increment(ref _zombies);

    public void AddPutDown() => Interlocked.Increment(ref _putDown);

    public void AddRestart() => Interlocked.Increment(ref _restarts);
}
