namespace CmEtl.Engine;

/// <summary>The state of a run for a process that has joined it.</summary>
/// <param name="Attempt">Fence of its current orchestrator.</param>
/// <param name="Running">Whether it has not ended.</param>
/// <param name="Led">Whether the orchestrator's lease is valid.</param>
/// <param name="StopRequested">Whether a stop was requested.</param>
/// <param name="WorkLeft">Whether it is planned and has chunks that are pending or in state processing.</param>
internal sealed record RunWatch(int Attempt, bool Running, bool Led, bool StopRequested, bool WorkLeft);
